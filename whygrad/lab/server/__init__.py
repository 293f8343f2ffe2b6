"""The lab on this machine: who is let in, where pages sit, what bytes go to and fro."""
