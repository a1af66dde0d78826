using MiniRun.Linux;

namespace MiniRun.Engine.Copies;

/// <summary>SRC or DST of `cp`: CONTAINER:PATH, a path of the host, or "-".</summary>
/// <param name="Container">The container's name or id; null for the host.</param>
/// <param name="Path">As it was written.</param>
public readonly record struct CopyArgument(string? Container, string Path)
{
    /// <summary>Whether it is standard input or output.</summary>
    public bool IsStream => Container is null && Path == "-";

    /// <summary>Reads one as docker does: an absolute path, or one that begins with ".", is the host's whatever it holds.</summary>
    /// <exception cref="MiniRunException">The path of one is empty.</exception>
    public static CopyArgument Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool host = text.StartsWith('/') || text.StartsWith('.') || colon <= 0;
        CopyArgument argument = host ? new CopyArgument(null, text) : new CopyArgument(text[..colon], text[(colon + 1)..]);
        return argument.Path.Length > 0 ? argument : throw new MiniRunException(host ? "source and destination can not be empty" : $"{text} names no path: write {text[..colon]}:/PATH");
    }
}
