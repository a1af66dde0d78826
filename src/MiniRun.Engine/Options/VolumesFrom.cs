namespace MiniRun.Engine.Options;

/// <summary>--volumes-from CONTAINER[:ro|rw]: all volumes and bind mounts of another container.</summary>
/// <param name="Container">Its name or id.</param>
/// <param name="ReadOnly">Null leaves each as it is there.</param>
public sealed record VolumesFrom(string Container, bool? ReadOnly)
{
    /// <exception cref="OptionException">There is no container, or another mode.</exception>
    public static VolumesFrom Parse(string text, string option)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string container = colon < 0 ? text : text[..colon];
        bool? readOnly = null;
        foreach (string mode in colon < 0 ? [] : text[(colon + 1)..].Split(','))
        {
            readOnly = mode switch
            {
                "ro" => true,
                "rw" => readOnly,
                "z" or "Z" => readOnly, // SELinux relabelling, see VolumeOption
                _ => throw new OptionException(option, text, $"invalid mode \"{mode}\"; there are ro and rw"),
            };
        }

        return container.Length > 0 ? new VolumesFrom(container, readOnly) : throw new OptionException(option, text, "write CONTAINER[:ro]");
    }

    public override string ToString() => ReadOnly == true ? $"{Container}:ro" : Container;
}
