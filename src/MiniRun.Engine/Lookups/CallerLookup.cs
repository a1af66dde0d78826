using MiniRun.Engine.Bundles;
using MiniRun.Engine.Monitoring;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Users;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Lookups;

/// <summary>Asks this host who calls; subordinate ids only where a user namespace will need them.</summary>
internal static class CallerLookup
{
    private const string SubordinateUids = "/etc/subuid";
    private const string SubordinateGids = "/etc/subgid";
    private const string MaxUserNamespaces = "/proc/sys/user/max_user_namespaces";

    private const uint PrivateRangeSize = 65_536;

    // The users whose range `--userns=private` maps to: minirun's own, or the one docker's userns-remap uses.
    private static readonly string[] s_rangeOwners = ["minirun", "dockremap"];

    internal static CallerFacts Read(NamespaceChoice userNamespace)
    {
        uint uid = CurrentProcess.EffectiveUid;
        var facts = new CallerFacts
        {
            Uid = uid,
            Gid = CurrentProcess.EffectiveGid,
            Bounding = CapabilitySet.CurrentBounding(),
            HostName = Environment.MachineName,
            Processors = Environment.ProcessorCount,
            Descriptors = MonitorEnvironment.CallersDescriptors() is { } soft ? new RlimitSpec("RLIMIT_NOFILE", soft, DescriptorLimit.Own().Hard) : null,
        };
        if (facts.IsRoot && userNamespace != NamespaceChoice.Private)
        {
            return facts;
        }

        CheckUserNamespaces();
        return facts.IsRoot ? WithPrivateRange(facts) : WithOwnRange(facts);
    }

    private static void CheckUserNamespaces()
    {
        Span<byte> text = stackalloc byte[32];
        if (FileStatus.Of(MaxUserNamespaces) is null || text[..HostFile.ReadInto(MaxUserNamespaces, text)].Trim((byte)'\n').SequenceEqual("0"u8))
        {
            throw new MiniRunException($"this host allows no user namespaces, and without root a container needs one: run minirun as root, or raise {MaxUserNamespaces}");
        }
    }

    private static CallerFacts WithPrivateRange(CallerFacts facts)
    {
        foreach (string owner in s_rangeOwners)
        {
            SubordinateRange? uids = SubordinateIds.First(SubordinateUids, owner, uint.MaxValue);
            SubordinateRange? gids = SubordinateIds.First(SubordinateGids, owner, uint.MaxValue);
            if (uids is not null && gids is not null)
            {
                return facts with { SubordinateUids = uids, SubordinateGids = gids };
            }
        }

        return facts with { SubordinateUids = SubordinateIds.Ungranted(SubordinateUids, PrivateRangeSize), SubordinateGids = SubordinateIds.Ungranted(SubordinateGids, PrivateRangeSize) };
    }

    private static CallerFacts WithOwnRange(CallerFacts facts)
    {
        // Only newuidmap, which is setuid, may map more than the caller's own id.
        if (!IsInstalled("newuidmap") || !IsInstalled("newgidmap"))
        {
            return facts;
        }

        using FileDescriptor root = HostFile.OpenDirectory("/");
        string name = UserDatabase.Read(root).Resolve(facts.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture)).Name ?? "";
        return facts with
        {
            SubordinateUids = SubordinateIds.First(SubordinateUids, name, facts.Uid),
            SubordinateGids = SubordinateIds.First(SubordinateGids, name, facts.Uid),
        };
    }

    private static bool IsInstalled(string program) => ProgramSearch.Find(program, Environment.GetEnvironmentVariable("PATH") ?? "") is not null;
}
