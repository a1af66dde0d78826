using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>Which namespaces are made by whom: by the launcher's clone3, by init's unshare, or by init's fork; each set is CLONE_NEW* flags.</summary>
internal sealed record NamespaceLayout
{
    private const ulong User = (ulong)NamespaceType.User;
    private const ulong Pid = (ulong)NamespaceType.Pid;
    private const ulong Time = (ulong)NamespaceType.Time;

    /// <summary>Those the container gets of its own.</summary>
    public required ulong New { get; init; }

    /// <summary>Those it joins by path.</summary>
    public required ulong Joined { get; init; }

    public bool UserIsNew => Has(New, User);

    public bool UserIsJoined => Has(Joined, User);

    /// <summary>Whether the container's root is not the launcher's root.</summary>
    public bool HasUser => UserIsNew || UserIsJoined;

    /// <summary>Only the outer user namespace's capabilities can join namespaces made outside, so a new one is then entered after the joins.</summary>
    public bool UserAfterJoins => UserIsNew && Joined != 0;

    /// <summary>The other new namespaces must belong to the container's user namespace; where init enters that itself, it makes them as well.</summary>
    public bool InitMakesAll => UserIsJoined || UserAfterJoins;

    /// <summary>setns and unshare of pid and time namespaces count for children only; so does a time namespace whose offsets are still to be written.</summary>
    public bool Forks => (Joined & (Pid | Time)) != 0 || Has(New, Time) || (InitMakesAll && Has(New, Pid));

    /// <summary>Offsets are written to a file of init's own in /proc, which belongs to the outer root as long as init does not exec; so a time namespace comes before a user namespace that init enters itself.</summary>
    public bool TimeBeforeUser => InitMakesAll && Has(New, Time);

    public ulong ForkFlags => Forks ? New & Pid : 0;

    public ulong UnshareFlags => InitMakesAll ? New & ~(User | Pid | Time) : New & Time;

    public ulong CloneFlags => InitMakesAll ? 0 : New & ~Time & ~ForkFlags;

    public static NamespaceLayout Of(IReadOnlyList<NamespaceSpec> namespaces)
    {
        ulong made = 0;
        ulong joined = 0;
        for (int i = 0; i < namespaces.Count; i++)
        {
            ulong type = (ulong)namespaces[i].Type;
            if (string.IsNullOrEmpty(namespaces[i].Path))
            {
                made |= type;
            }
            else
            {
                joined |= type;
            }
        }

        return new NamespaceLayout { New = made, Joined = joined };
    }

    public bool IsNew(NamespaceType type) => Has(New, (ulong)type);

    /// <summary>Whether the container does not share the launcher's namespace of this type.</summary>
    public bool IsOwn(NamespaceType type) => Has(New | Joined, (ulong)type);

    private static bool Has(ulong set, ulong type) => (set & type) != 0;
}
