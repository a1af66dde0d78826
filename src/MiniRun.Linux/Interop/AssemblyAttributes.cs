using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
[assembly: InternalsVisibleTo("MiniRun.Linux.Tests")]
[assembly: InternalsVisibleTo("MiniRun.Abi.Tests")]
