"""The task system as real processes: brokers, workers and beats, killed and started again."""
