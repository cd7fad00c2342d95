"""Train the model that Sayso ships: corpora in, one model folder out."""
