using MiniRun.Linux;

namespace MiniRun.Engine.Layers.Tar;

/// <summary>What was read is no tar archive that minirun understands.</summary>
public sealed class TarException : MiniRunException
{
    public TarException(string message)
        : base($"not a valid tar archive: {message}")
    {
    }
}
