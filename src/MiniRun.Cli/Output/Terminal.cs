namespace MiniRun.Cli.Output;

/// <summary>Where commands write: what was asked for to Out, what minirun has to say to Error.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error);
