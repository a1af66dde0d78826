using System.Globalization;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Users;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>The user namespace of a container: none, root's private range, or the caller's own id as root.</summary>
public sealed record UserMappings(IReadOnlyList<IdMapping> Uids, IReadOnlyList<IdMapping> Gids)
{
    private static readonly UserMappings s_none = new([], []);

    /// <summary>Whether the container has a user namespace of its own.</summary>
    public bool Any => Uids.Count > 0;

    /// <summary>Whether setgroups is denied inside: where only the caller's own group is mapped, dropping groups could open what they are denied.</summary>
    public bool DeniesSetgroups { get; private init; }

    /// <summary>Decides the mappings.</summary>
    /// <exception cref="MiniRunException">A caller who is not root asked for the host's user namespace.</exception>
    public static UserMappings Of(NamespaceChoice choice, CallerFacts caller)
    {
        if (!caller.IsRoot)
        {
            return choice != NamespaceChoice.Host
                ? new UserMappings(OwnIdAsRoot(caller.Uid, caller.SubordinateUids), OwnIdAsRoot(caller.Gid, caller.SubordinateGids)) { DeniesSetgroups = caller.SubordinateGids is null }
                : throw new MiniRunException("--userns host: only root can make containers without a user namespace of their own; leave it out");
        }

        return choice == NamespaceChoice.Private
            ? new UserMappings(PrivateRange(caller.SubordinateUids), PrivateRange(caller.SubordinateGids))
            : s_none;
    }

    /// <summary>The user without groups that cannot be set, unless they were asked for by --group-add: those are the plan's to refuse.</summary>
    public UserSpec WithSettableGroups(UserSpec user, bool asked) => DeniesSetgroups && !asked ? user with { AdditionalGids = [] } : user;

    /// <summary>Refuses ids that do not exist in the container's user namespace.</summary>
    /// <exception cref="MiniRunException">One is not mapped.</exception>
    public void Check(UserSpec user)
    {
        if (!Any)
        {
            return;
        }

        CheckId("user", user.Uid, Uids, "subuid");
        CheckId("group", user.Gid, Gids, "subgid");
        foreach (uint group in user.AdditionalGids)
        {
            CheckId("group", group, Gids, "subgid");
        }
    }

    /// <summary>Whether a group exists inside.</summary>
    public bool HasGroup(uint group) => !Any || IdMapping.ToHost(Gids, group) is not null;

    private static List<IdMapping> OwnIdAsRoot(uint own, SubordinateRange? subordinate)
    {
        List<IdMapping> mappings = [new(0, own, 1)];
        if (subordinate is { } range)
        {
            mappings.Add(new IdMapping(1, range.Start, range.Count));
        }

        return mappings;
    }

    private static List<IdMapping> PrivateRange(SubordinateRange? range)
    {
        // Without a range of its own, minirun takes the first that no user was granted; on a host without users, this one.
        SubordinateRange chosen = range ?? new SubordinateRange(100_000, 65_536);
        return [new IdMapping(0, chosen.Start, chosen.Count)];
    }

    private static void CheckId(string kind, uint id, IReadOnlyList<IdMapping> mappings, string file)
    {
        if (IdMapping.ToHost(mappings, id) is null)
        {
            throw new MiniRunException(string.Create(
                CultureInfo.InvariantCulture,
                $"{kind} {id} does not exist in the container's user namespace: run as root inside, or give the caller a range in /etc/{file} (usermod --add-{file}s 100000-165535 NAME, and the package uidmap)"));
        }
    }
}
