namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>A program with its arguments (exec form), or one text for the shell (shell form).</summary>
/// <param name="Words">In shell form one word: the text.</param>
public sealed record CommandLine(IReadOnlyList<string> Words, bool IsShell)
{
    /// <summary>What is executed: in shell form the shell with the text as its last argument.</summary>
    public IReadOnlyList<string> With(IReadOnlyList<string> shell) => IsShell && Words.Count > 0 ? [.. shell, .. Words] : Words;
}
