namespace MiniRun.Cli.Output;

/// <summary>Where commands write: what was asked for to Out, what minirun has to say to Error.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error)
{
    /// <summary>
    /// Whether Out is a terminal. It would obey what images and containers have written into their labels and names, so templates show
    /// control characters there; a file or a pipe gets them as they are.
    /// </summary>
    internal bool IsScreen { get; init; }
}
