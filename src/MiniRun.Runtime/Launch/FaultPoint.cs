namespace MiniRun.Runtime.Launch;

/// <summary>The moments between the launcher's own acts at which a fault-injection build can die. Named after the act just done.</summary>
internal enum FaultPoint
{
    Folder,
    Lock,
    Intent,
    Seccomp,
    Descriptors,
    StartSocket,
    Cgroup,
    CgroupLimits,
    Plan,
    Clone,
    UserMapping,
    State,
    Go,
    ReadBack,
    Started,
    Commit,
    StartConnected,
    StartGo,
    StartState,
    ExitStatus,
    Killed,
    CgroupRemoved,
    StartSocketRemoved,
    ConfigRemoved,
    StateRemoved,
    FolderRemoved,
}
