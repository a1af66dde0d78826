using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MiniRun.Oci.Tests")]
