using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>clone3 and exec of minirun-init, by native-shims/spawn.</summary>
public static unsafe class Spawn
{
    /// <summary>
    /// Starts minirun-init from an open image in new namespaces (CLONE_NEW*), in a cgroup if one is given. The descriptors become
    /// 0, 1, 2, FD_CHANNEL, FD_PLAN, FD_FIRST_SLOT and on in the child; it gets no other. keepCapabilities is needed with CLONE_NEWUSER.
    /// </summary>
    /// <exception cref="SyscallException">Names clone3, execveat or the step between that failed.</exception>
    public static SpawnedProcess Start(ulong namespaces, FileDescriptor? cgroup, FileDescriptor image, bool keepCapabilities, ReadOnlySpan<FileDescriptor> descriptors)
    {
        int[] numbers = new int[descriptors.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = descriptors[i].Number;
        }

        spawn_result result;
        int outcome;
        fixed (int* start = numbers)
        {
            spawn_request request = new()
            {
                namespaces = namespaces,
                cgroup = cgroup?.Number ?? -1,
                image = image.Number,
                keep_capabilities = keepCapabilities ? 1 : 0,
                descriptor_count = numbers.Length,
                descriptors = start,
            };
            outcome = SpawnShim.minirun_spawn(&request, &result);
        }

        GC.KeepAlive(cgroup);
        GC.KeepAlive(image);
        if (outcome != 0)
        {
            throw new SyscallException(CallOf(result.stage), "minirun-init", (Errno)result.error);
        }

        return new SpawnedProcess(result.pid, new Pidfd(FileDescriptor.Adopt(result.pidfd)));
    }

    internal static string CallOf(spawn_stage stage) => stage switch
    {
        spawn_stage.SPAWN_CLONE => "clone3",
        spawn_stage.SPAWN_CAPABILITIES => "capset",
        spawn_stage.SPAWN_DESCRIPTORS => "dup2",
        spawn_stage.SPAWN_EXEC => "execveat",
        _ => "spawn",
    };
}
