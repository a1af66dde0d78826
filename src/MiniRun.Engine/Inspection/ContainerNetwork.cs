using MiniRun.Engine.Options;

namespace MiniRun.Engine.Inspection;

/// <summary>A container's network in docker's words.</summary>
public static class ContainerNetwork
{
    /// <summary>As --network says it.</summary>
    public static string ModeOf(NamespaceChoice choice) => choice switch
    {
        NamespaceChoice.Host => "host",
        NamespaceChoice.None => "none",
        NamespaceChoice.Private => "private",
        _ => "default",
    };

    /// <summary>The network it is in: the host's, or none but its own loopback.</summary>
    public static string NameOf(NamespaceChoice choice) => choice == NamespaceChoice.Host ? "host" : "none";
}
