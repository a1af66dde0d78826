using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MiniRun.Runtime.Tests")]
