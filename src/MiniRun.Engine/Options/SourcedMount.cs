namespace MiniRun.Engine.Options;

/// <summary>A mount of files that are somewhere already: a <see cref="BindMount"/> or a <see cref="VolumeMount"/>.</summary>
public abstract record SourcedMount : UserMount
{
    public bool ReadOnly { get; init; }

    /// <summary>"idmap", "ridmap" or "idmap=MAPS" as the runtime takes it: the files show their owners through the container's ids, or through MAPS. Null leaves them.</summary>
    public string? IdMap { get; init; }

    /// <summary>"U": the files are given to the container's user before it is made, as podman has it.</summary>
    public bool ChangeOwner { get; init; }

    /// <summary>
    /// The host's path that is mounted, its links resolved once, when the container was made (see <see cref="Volumes.HostSources"/>); null before
    /// that, and for what is minirun's own. It is no part of the option.
    /// </summary>
    public string? Resolved { get; init; }

    /// <summary>What of it both forms write: ",U,idmap".</summary>
    private protected string OwnerWords => $"{(ChangeOwner ? ",U" : "")}{(IdMap is null ? "" : $",{IdMap}")}";
}
