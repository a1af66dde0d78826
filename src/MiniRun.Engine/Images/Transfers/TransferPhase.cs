namespace MiniRun.Engine.Images.Transfers;

/// <summary>What happens to a blob of an image, in this order; words are docker's.</summary>
public enum TransferPhase
{
    /// <summary>Nothing yet: others come first, or another process fetches it.</summary>
    Waiting,

    Downloading,

    /// <summary>All bytes are here and their digest is right; it is being unpacked.</summary>
    Extracting,

    PullComplete,

    /// <summary>It was here before.</summary>
    AlreadyExists,

    /// <summary>Bytes go to a registry.</summary>
    Pushing,

    Pushed,

    /// <summary>The registry had it in another repository and takes it from there.</summary>
    Mounted,
}
