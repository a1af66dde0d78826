namespace MiniRun.Engine.Containers;

/// <summary>Reads what <see cref="RunWords"/> writes and a record keeps: words of `minirun run`, whose grammar is the command line's.</summary>
/// <exception cref="Linux.MiniRunException">They are no such words: the record is damaged.</exception>
public delegate RunRequest RunWordsReader(IReadOnlyList<string> words);
