using MiniRun.Linux;

namespace MiniRun.Oci.Grammar;

/// <summary>The command line itself is wrong.</summary>
public sealed class UsageException(string message) : MiniRunException(message);
