using MiniRun.Linux.Processes;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Output;

/// <summary>`--version`, in the three lines that dockerd reads.</summary>
internal static class VersionText
{
    /// <summary>The version of both programs.</summary>
    public const string Version = "0.1.0";

    public static string Text() => $"minirun-oci version {Version}\ncommit: {Convert.ToHexStringLower(InitImage.BuildId)}\nspec: {OciVersion.Written}\n";
}
