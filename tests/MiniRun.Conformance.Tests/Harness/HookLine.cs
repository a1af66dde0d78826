namespace MiniRun.Conformance.Tests.Harness;

/// <summary>What one hook saw.</summary>
/// <param name="MountNamespace">Its own.</param>
/// <param name="ContainersMountNamespace">That of the process whose pid the state names.</param>
/// <param name="ProgramHasRun">Whether the container's program has left its mark.</param>
/// <param name="SeesHost">Whether the bundle's folder, which the container's root does not have, is there.</param>
/// <param name="RootIsHosts">Whether the container's process still has the host's root.</param>
/// <param name="Process">The name of the container's process.</param>
/// <param name="State">What came over standard input.</param>
internal sealed record HookLine(
    string Word, string MountNamespace, string ContainersMountNamespace, bool ProgramHasRun, bool SeesHost, bool RootIsHosts, string Process, string State)
{
    public static HookLine Parse(string line)
    {
        string[] fields = line.Split('|', 8);
        return new(fields[0], fields[1], fields[2], fields[3] == "yes", fields[4] == "yes", fields[5] == "yes", fields[6], fields[7]);
    }
}
