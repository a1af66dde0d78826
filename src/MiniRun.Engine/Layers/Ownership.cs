namespace MiniRun.Engine.Layers;

/// <summary>Whom unpacked files belong to.</summary>
public enum Ownership
{
    /// <summary>Whom the layer says: needs CAP_CHOWN over the folder, as root has it and the root of a user namespace with ranges.</summary>
    AsRecorded,

    /// <summary>The caller, whatever the layer says; the summary tells whether it said anything else.</summary>
    Squash,
}
