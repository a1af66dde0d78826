using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Tests.Processes;

public sealed class HelperProgramTests
{
    [Fact]
    public void Only_absolute_folders_of_a_search_path_are_searched()
    {
        using TemporaryFolder folder = new();
        string program = folder.Write("bin/helper", "#!/bin/sh\n");
        folder.Write("data/helper", "not executable");
        Directory.CreateDirectory(folder.At("folder/helper"));
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, folder.At("bin"));
        Assert.True(File.Exists($"{relative}/helper"));
        Assert.Null(ProgramSearch.Find("helper", $"{relative}::."));
        Assert.Null(ProgramSearch.Find("../bin/helper", folder.At("data")));
        Assert.Equal(program, ProgramSearch.Find("helper", $"{relative}:/nonexistent:{folder.At("data")}:{folder.At("folder")}:{folder.At("bin")}/"));
    }

    [Fact]
    public void A_helper_is_found_and_one_that_is_not_there_says_so()
    {
        Assert.Equal(3, HelperProgram.Run("sh", ["sh", "-c", "exit 3"]));
        Assert.Equal("out\n"u8.ToArray(), HelperProgram.Capture("sh", ["sh", "-c", "echo out"], 100));
        Assert.Equal(Errno.ENOENT, Assert.Throws<SyscallException>(() => HelperProgram.Run("no-such-helper", ["x"])).Errno);
    }
}
