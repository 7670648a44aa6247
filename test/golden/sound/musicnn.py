"""What the published network hears in music made by rule, as JSON. musicnn.py PACKAGE FOLDER

PACKAGE is the unpacked wheel of musicnn 0.1.0; its own code builds the network and TensorFlow reads its checkpoint. FOLDER holds what
musicnn-signals.ts wrote. The package keeps spectra in half precision, whose range ends at 65,504: at 10,000 * power + 1 loud music becomes
infinite. Here they stay in single precision.

pip install tensorflow-cpu==2.21.0 tf_keras==2.21.0 librosa==0.11.0
"""

import json
import os
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
import librosa
import numpy as np
import tensorflow as tf

package, folder = sys.argv[1:]
sys.path.insert(0, package)
tf.compat.v1.disable_eager_execution()
from musicnn import models

FRAMES = 187
x = tf.compat.v1.placeholder(tf.float32, [None, FRAMES, 96])
training = tf.compat.v1.placeholder(tf.bool)
with tf.name_scope("model"):
    logits, *_, penultimate = models.define_model(x, training, "MSD_musicnn", 50)
answers = [tf.nn.sigmoid(logits), penultimate]
session = tf.compat.v1.Session()
tf.compat.v1.train.Saver().restore(session, f"{package}/musicnn/MSD_musicnn/")

out = {}
for name in sorted(os.listdir(folder)):
    audio, rate = librosa.load(f"{folder}/{name}", sr=16000)
    mel = librosa.feature.melspectrogram(y=audio, sr=rate, hop_length=256, n_fft=512, n_mels=96).T
    spectrum = np.log10(10000 * mel + 1)
    patches = len(spectrum) // FRAMES
    batch = spectrum[: patches * FRAMES].reshape(patches, FRAMES, 96)
    tags, layer = session.run(answers, {x: batch, training: False})
    rounded = lambda values: [round(float(v), 6) for v in values]
    out[name.removesuffix(".wav")] = {
        "patches": patches,
        "tags": rounded(tags.mean(0)),
        "embedding": rounded(layer.mean(0)),
        # Every 20th band of every 40th frame.
        "spectrum": [rounded(row[::20]) for row in spectrum[::40]],
    }
print(json.dumps(out))
