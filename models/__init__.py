"""LEARN: text layer, features, the department classifier, its training, evaluation and registry.

The only package that imports scikit-learn, and only on the training side: `models.classifier` serves with numpy and scipy alone.
Not here: where a complaint goes once its department is known (routing/), or anything that stores or reads a case.
"""
