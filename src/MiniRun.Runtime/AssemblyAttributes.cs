using System.Runtime.CompilerServices;

// The engine's own acts (its folder, name and files) are moments to die at as well.
[assembly: InternalsVisibleTo("MiniRun.Engine")]
[assembly: InternalsVisibleTo("MiniRun.Runtime.Tests")]
