"""Makes golden.json: what scikit-learn says of a small synthetic table of songs. Run: python make.py (scikit-learn 1.9, numpy 2)."""
import json
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import silhouette_samples, silhouette_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(20)
# Four styles: danceability, energy, loudness, acousticness, valence, tempo; 60 songs each, values as such tables have them.
styles = np.array([
    [0.45, 0.20, -17.0, 0.85, 0.35, 92.0],
    [0.80, 0.75, -5.5, 0.10, 0.70, 124.0],
    [0.35, 0.92, -4.0, 0.02, 0.30, 150.0],
    [0.60, 0.45, -10.0, 0.50, 0.60, 105.0],
])
spread = np.array([0.08, 0.09, 2.0, 0.09, 0.14, 14.0])
table = np.concatenate([style + spread * rng.standard_normal((60, 6)) for style in styles])
table[:, [0, 1, 3, 4]] = np.clip(table[:, [0, 1, 3, 4]], 0, 1)
table = np.round(table, 3)
genres = (rng.random((60, 12)) < rng.uniform(0.05, 0.5, 12)).astype(int) * rng.integers(1, 3, (60, 12))

scaled = StandardScaler().fit_transform(table)
rows32 = scaled.astype(np.float32)
start, _ = kmeans_plusplus(rows32, 7, random_state=3)
kmeans = KMeans(n_clusters=7, init=start, n_init=1, tol=0, max_iter=300, algorithm='lloyd').fit(rows32.astype(np.float64))
pca = PCA().fit(rows32.astype(np.float64))
queries = [0, 61, 133, 239]
near = NearestNeighbors(n_neighbors=11, metric='cosine', algorithm='brute').fit(rows32.astype(np.float64))
distances, neighbours = near.kneighbors(rows32[queries].astype(np.float64))
tfidf = TfidfTransformer(smooth_idf=True, norm='l2')
weighted = tfidf.fit_transform(genres).toarray()

r = lambda values, digits=7: np.round(np.asarray(values, dtype=float), digits).tolist()
golden = {
    'table': table.tolist(),
    'mean': r(StandardScaler().fit(table).mean_),
    'deviation': r(np.sqrt(StandardScaler().fit(table).var_)),
    'start': r(start),
    'kmeans': {
        'inertia': float(kmeans.inertia_),
        'labels': kmeans.labels_.tolist(),
        'silhouette': float(silhouette_score(rows32.astype(np.float64), kmeans.labels_)),
        'silhouettes': r([silhouette_samples(rows32.astype(np.float64), kmeans.labels_)[kmeans.labels_ == c].mean() for c in range(7)]),
    },
    'pca': {'components': r(pca.components_), 'variance': r(pca.explained_variance_), 'share': r(pca.explained_variance_ratio_)},
    'knn': {'queries': queries, 'neighbours': neighbours[:, 1:].tolist(), 'cosines': r(1 - distances[:, 1:])},
    'tfidf': {'counts': genres.tolist(), 'idf': r(tfidf.idf_), 'rows': r(weighted)},
}
Path(__file__).with_name('golden.json').write_text(json.dumps(golden, separators=(',', ':')) + '\n')
