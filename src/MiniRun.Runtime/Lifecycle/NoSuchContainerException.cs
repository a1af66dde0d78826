using MiniRun.Linux;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>There is no container of this id. Engines look for runc's words.</summary>
public sealed class NoSuchContainerException(ContainerId id) : MiniRunException($"container does not exist: {id}");
