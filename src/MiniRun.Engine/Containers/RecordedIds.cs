using System.Text.Json;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Lookups;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Containers;

/// <summary>
/// The host's ids that are a container's, where root has given it a range of them (--userns=private). What owners its files have says nothing
/// of that: its root gives them to whom it likes.
/// </summary>
/// <param name="Uid">The host's id that is user 0 inside.</param>
/// <param name="Uids">How many from there on.</param>
/// <param name="Gid">The host's id that is group 0 inside.</param>
/// <param name="Gids">How many from there on.</param>
public sealed record RecordedIds(uint Uid, uint Uids, uint Gid, uint Gids)
{
    /// <summary>The range that a container is about to be started with; null where it has none, or its files on the disk have the ids inside.</summary>
    internal static RecordedIds? Of(PreparedContainer prepared) => prepared.Create is { IdMapRoot: true, Spec.Linux: { UidMappings: [var uids, ..], GidMappings: [var gids, ..] } }
        ? new RecordedIds(uids.HostId, uids.Size, gids.HostId, gids.Size)
        : null;

    /// <summary>The record with the range of a start, written where it is another than the last one's: this host's users have changed since, or an older minirun made the container.</summary>
    internal static ContainerRecord Renewed(ContainerStore store, ContainerRecord record, PreparedContainer prepared)
    {
        if (Of(prepared) is { } ids && ids != record.Ids)
        {
            store.Change(record.Id, current => record = current with { Ids = ids }, static () => { });
        }

        return record;
    }

    /// <summary>What ids a container's own files have on the disk; none where they are as inside. Without root, minirun is in a user namespace with the container's ids here, or there is but the caller's.</summary>
    /// <exception cref="MiniRunException">An older minirun made the container, and this host allows no user namespaces any more.</exception>
    internal static UserMappings On(ContainerRecord record)
    {
        if (record.Ids is { } ids)
        {
            return new UserMappings([new IdMapping(0, ids.Uid, ids.Uids)], [new IdMapping(0, ids.Gid, ids.Gids)]);
        }

        // Of an older minirun's container the range that its next start takes.
        return record.HasOption("--userns=private") && CurrentProcess.EffectiveUid == 0 && CurrentProcess.IsInInitialUserNamespace()
            ? UserMappings.Of(NamespaceChoice.Private, CallerLookup.Read(NamespaceChoice.Private))
            : new UserMappings([], []);
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("ids"u8);
        json.WriteNumber("uid"u8, Uid);
        json.WriteNumber("uids"u8, Uids);
        json.WriteNumber("gid"u8, Gid);
        json.WriteNumber("gids"u8, Gids);
        json.WriteEndObject();
    }

    internal static RecordedIds? Read(JsonElement record) => record.TryGetProperty("ids", out JsonElement ids)
        ? new RecordedIds(Number(ids, "uid"), Number(ids, "uids"), Number(ids, "gid"), Number(ids, "gids"))
        : null;

    private static uint Number(JsonElement json, string name) => json.GetProperty(name).GetUInt32();
}
