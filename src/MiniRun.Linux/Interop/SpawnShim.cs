using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>native-shims/spawn/spawn.h: what .NET cannot do safely itself.</summary>
// CA5393: AOT binaries have the shim linked in; only under `dotnet test` is it a library, beside the test's own assembly.
#pragma warning disable CA5393
internal static unsafe partial class SpawnShim
{
    private const string Library = "minirun_spawn";
    private const DllImportSearchPath Beside = DllImportSearchPath.AssemblyDirectory;

    [DefaultDllImportSearchPaths(Beside)]
    [LibraryImport(Library)]
    public static partial int minirun_spawn(spawn_request* request, spawn_result* result);

    [DefaultDllImportSearchPaths(Beside)]
    [LibraryImport(Library)]
    public static partial byte* minirun_init_image(nuint* size);

    [DefaultDllImportSearchPaths(Beside)]
    [LibraryImport(Library)]
    public static partial byte* minirun_build_id();

    [DefaultDllImportSearchPaths(Beside)]
    [LibraryImport(Library)]
    public static partial int minirun_hold(ulong namespaces, spawn_result* result);

    [DefaultDllImportSearchPaths(Beside)]
    [LibraryImport(Library, SetLastError = true)]
    public static partial int minirun_forward_signals(int* signals, nuint count, int descriptor);
}
