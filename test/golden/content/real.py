"""What scikit-learn says of small real tables, as figures from which no row can be made again.

python real.py FOLDER > golden-real.json   tables of ../shared/data: audio features of songs, genres of artists
python real.py wine                        scikit-learn's own table of wines with its rows, for a comparison on the spot
(scikit-learn 1.9, numpy 2)
"""
import ast
import csv
import json
import sys

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import silhouette_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

FEATURES = ['danceability', 'energy', 'key', 'loudness', 'mode', 'speechiness', 'acousticness', 'instrumentalness', 'liveness', 'valence', 'tempo']
ROWS, ARTISTS, K, NEIGHBOURS = 500, 300, 8, 10


def figures(table, k):
    """table: n × d. k-means starts at every ⌊n / k⌋-th row."""
    scaler = StandardScaler().fit(table)
    rows32 = scaler.transform(table).astype(np.float32)
    rows = rows32.astype(np.float64)
    n = len(rows)
    start = rows[[(n // k) * c for c in range(k)]]
    kmeans = KMeans(n_clusters=k, init=start, n_init=1, tol=0, max_iter=300, algorithm='lloyd').fit(rows)
    pca = PCA().fit(rows)
    distances, found = NearestNeighbors(n_neighbors=NEIGHBOURS + 1, metric='cosine', algorithm='brute').fit(rows).kneighbors(rows)
    cosines = np.array([[1 - x for x, other in zip(d, f) if other != i][:NEIGHBOURS] for i, (d, f) in enumerate(zip(distances, found))])
    others = [[int(other) for other in f if other != i][:NEIGHBOURS] for i, f in enumerate(found)]
    return {
        'count': n,
        'mean': scaler.mean_.tolist(),
        'deviation': np.sqrt(scaler.var_).tolist(),
        'inertia': float(kmeans.inertia_),
        'sizes': sorted(np.bincount(kmeans.labels_).tolist()),
        'silhouette': float(silhouette_score(rows, kmeans.labels_)),
        'variance': pca.explained_variance_.tolist(),
        'share': pca.explained_variance_ratio_.tolist(),
        'cosines': cosines.mean(0).tolist(),
        # A sum over all rows that changes when any neighbour does.
        'neighbours': sum((i + 1) * sum(own) for i, own in enumerate(others)),
    }


def songs(folder):
    """The first rows that know all features, values seen before left out."""
    table, seen = [], set()
    with open(folder + '/track-features/track-features-10k.csv', newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            texts = tuple(row[name] for name in FEATURES)
            if all(texts) and texts not in seen and len(table) < ROWS:
                seen.add(texts)
                table.append([float(text) for text in texts])
    return np.array(table)


def genres(folder):
    lists = []
    with open(folder + '/artists/artists.csv', newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            own = ast.literal_eval(row['genres'])
            if own and len(lists) < ARTISTS:
                lists.append(own)
    names = sorted({genre for own in lists for genre in own})
    counts = np.zeros((len(lists), len(names)))
    for i, own in enumerate(lists):
        for genre in own:
            counts[i, names.index(genre)] += 1
    model = TfidfTransformer(smooth_idf=True, norm='l2')
    rows = model.fit_transform(counts).toarray()
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -1)
    return {
        'artists': len(lists),
        'genres': len(names),
        'idf': float(model.idf_.sum()),
        'weights': float(rows.sum()),
        'meanCosine': float((rows.sum(0) ** 2).sum() / len(rows) ** 2),
        'nearestCosine': float(cosines.max(1).mean()),
    }


if sys.argv[1] == 'wine':
    from sklearn.datasets import load_wine

    table = load_wine().data
    print(json.dumps({'table': table.tolist(), **figures(table, 3)}))
else:
    print(json.dumps({'songs': figures(songs(sys.argv[1]), K), 'genres': genres(sys.argv[1])}, indent=1))
