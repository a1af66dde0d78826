namespace MiniRun.Engine.Build.Contexts;

/// <summary>Which context and which Dockerfile a build was asked for.</summary>
/// <param name="Location">A folder, a tar file, or "-" for standard input.</param>
/// <param name="Dockerfile">-f: a file, "-" for standard input, or null for the context's Dockerfile.</param>
/// <param name="StandardInput">Read only where it is asked for.</param>
public sealed record ContextRequest(string Location, string? Dockerfile, Stream StandardInput);
