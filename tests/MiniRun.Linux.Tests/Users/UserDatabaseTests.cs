using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Users;

namespace MiniRun.Linux.Tests.Users;

public sealed class UserDatabaseTests : IDisposable
{
    private const string Passwd = """
        # comment
        root:x:0:0:root:/root:/bin/sh
        www-data:x:33:33:www:/var/www:/usr/sbin/nologin
        4711:x:5:5:a name of digits:/digits:/bin/sh
        overflow:x:4294967296:0:::
        minus:x:-1:0:::
        homeless:x:77:78
        short:x
        +nis
        """;

    private const string Group = """
        root:x:0:
        www-data:x:33:
        audio:x:29:www-data,other
        video:x:44:other, www-data
        twice:x:29:www-data
        huge:x:99999999999:hugemember
        """;

    private readonly UserDatabase _database = new(Passwd, Group);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 0U, 0U, "/root")]
    [InlineData("root", 0U, 0U, "/root")]
    [InlineData("0", 0U, 0U, "/root")]
    [InlineData("33", 33U, 33U, "/var/www")]
    [InlineData("www-data", 33U, 33U, "/var/www")]
    [InlineData("1000", 1000U, 0U, "/")]
    [InlineData("1000:2000", 1000U, 2000U, "/")]
    [InlineData("www-data:audio", 33U, 29U, "/var/www")]
    [InlineData("1:video", 1U, 44U, "/")]
    [InlineData(":audio", 0U, 29U, "/root")]
    [InlineData("1:", 1U, 0U, "/")]
    [InlineData("homeless", 77U, 78U, "/")]
    [InlineData("4294967294", 4294967294U, 0U, "/")]
    public void Users_are_found_as_docker_finds_them(string text, uint uid, uint gid, string home)
    {
        UserIdentity user = _database.Resolve(text);
        Assert.Equal((uid, gid, home), (user.Uid, user.Gid, user.Home));
    }

    [Theory]
    [InlineData("4294967295")]
    [InlineData("4294967296")]
    [InlineData("99999999999")]
    [InlineData("18446744073709551616")]
    [InlineData("340282366920938463463374607431768211456")]
    [InlineData("1:4294967296")]
    [InlineData("overflow")]
    [InlineData("minus")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("0x0")]
    [InlineData(" 0")]
    [InlineData("nobody-here")]
    [InlineData("short")]
    [InlineData("root:nogroup")]
    [InlineData("root:huge")]
    [InlineData("1:2:3")]
    public void A_number_out_of_range_or_an_unknown_name_is_an_error_and_never_root(string text)
    {
        Assert.Throws<MiniRunException>(() => _database.Resolve(text));
    }

    [Fact]
    public void A_text_of_digits_is_a_number_even_where_it_is_somebodys_name()
    {
        Assert.Equal(4711U, _database.Resolve("4711").Uid);
    }

    [Fact]
    public void A_user_gets_the_groups_that_list_them_once_each()
    {
        Assert.Equal([29U, 44U], _database.Resolve("www-data").SupplementaryGroups);
        Assert.Equal([29U, 44U], _database.Resolve("33").SupplementaryGroups);
    }

    [Fact]
    public void An_explicit_group_replaces_the_groups_that_list_the_user()
    {
        Assert.Empty(_database.Resolve("www-data:www-data").SupplementaryGroups);
    }

    [Fact]
    public void A_group_is_found_by_name_or_number()
    {
        Assert.Equal(29U, _database.ResolveGroup("audio"));
        Assert.Equal(12345U, _database.ResolveGroup("12345"));
        Assert.Throws<MiniRunException>(() => _database.ResolveGroup("nobody-here"));
        Assert.Throws<MiniRunException>(() => _database.ResolveGroup("huge"));
        Assert.Throws<MiniRunException>(() => _database.ResolveGroup("4294967295"));
    }

    [Fact]
    public void A_root_without_the_files_has_no_names()
    {
        UserDatabase empty = ReadRoot();
        Assert.Equal(0U, empty.Resolve("").Uid);
        Assert.Equal("/", empty.HomeOf(0));
        Assert.Throws<MiniRunException>(() => empty.Resolve("root"));
    }

    [Fact]
    public void Files_are_read_inside_the_root_only()
    {
        _folder.Write("outside", "evil:x:0:0::/:");
        _folder.Write("etc/group", "");
        File.CreateSymbolicLink(_folder.At("etc/passwd"), "/proc/self/root" + _folder.At("outside"));
        Assert.Throws<MiniRunException>(() => ReadRoot().Resolve("evil"));
    }

    [Fact]
    public void A_link_inside_the_root_is_followed_there()
    {
        _folder.Write("etc/group", "");
        _folder.Write("usr/lib/passwd", "inside:x:7:7::/:");
        File.CreateSymbolicLink(_folder.At("etc/passwd"), "/usr/lib/passwd");
        Assert.Equal(7U, ReadRoot().Resolve("inside").Uid);
    }

    [Fact]
    public void A_file_larger_than_a_mebibyte_is_refused()
    {
        _folder.Write("etc/passwd", new string('x', (1 << 20) + 1));
        Assert.Throws<MiniRunException>(ReadRoot);
    }

    [Fact]
    public void A_folder_in_a_files_place_is_refused()
    {
        HostDirectory.MakeAll(_folder.At("etc/passwd"));
        Assert.Contains("not a regular file", Assert.Throws<MiniRunException>(ReadRoot).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fifo_in_a_files_place_is_refused_without_waiting_for_a_writer()
    {
        HostDirectory.MakeAll(_folder.At("etc"));
        using FileDescriptor folder = HostFile.OpenDirectory(_folder.At("etc"));
        Assert.Equal(0, Libc.mknodat(folder, "passwd", FileModes.S_IFIFO | 0x180, 0));
        Assert.Contains("not a regular file", Assert.Throws<MiniRunException>(ReadRoot).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice:100000:65536", 100000U, 65536U)]
    [InlineData("bob:1:1\nalice:200000:1000\nalice:300000:1000", 200000U, 1000U)]
    [InlineData("1000:400000:10", 400000U, 10U)]
    public void The_first_subordinate_range_of_a_user_is_found(string text, uint start, uint count)
    {
        Assert.Equal(new SubordinateRange(start, count), SubordinateIds.FirstIn(text, "alice", 1000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bob:1:1")]
    [InlineData("alice:1")]
    [InlineData("alice:x:1")]
    [InlineData("alice:1:0")]
    [InlineData("alice:4294967000:65536")]
    [InlineData("alice:99999999999:1")]
    public void A_range_that_is_no_range_grants_nothing(string text)
    {
        Assert.Null(SubordinateIds.FirstIn(text, "alice", 1000));
    }

    [Theory]
    [InlineData("", 100000U)]
    [InlineData("alice:165536:65536\nbob:65536:34464", 100000U)]
    [InlineData("alice:100000:65536", 165536U)]
    [InlineData("bob:165536:65536\nalice:100000:65536\ndave:9:9\ncarol:290000:1", 290001U)]
    [InlineData("alice:150000:1", 150001U)]
    public void Ids_for_containers_alone_are_granted_to_no_user(string text, uint start)
    {
        Assert.Equal(new SubordinateRange(start, 65536), SubordinateIds.UngrantedIn(text, 65536));
    }

    [Fact]
    public void A_host_that_has_granted_all_ids_says_so()
    {
        Assert.Contains("no user was granted", Assert.Throws<MiniRunException>(() => SubordinateIds.UngrantedIn("a:1:4294967000", 65536)).Message, StringComparison.Ordinal);
    }

    private UserDatabase ReadRoot()
    {
        using FileDescriptor root = _folder.Open();
        return UserDatabase.Read(root);
    }
}
