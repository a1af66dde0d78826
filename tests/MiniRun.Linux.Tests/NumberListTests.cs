namespace MiniRun.Linux.Tests;

public sealed class NumberListTests
{
    [Theory]
    [InlineData("0", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("0-3,7", new byte[] { 0x8f, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("64", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0 })]
    public void A_list_is_a_mask_of_whole_words(string list, byte[] mask)
    {
        Assert.Equal(mask, NumberList.Mask(list));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("3-1")]
    [InlineData("-1")]
    [InlineData("1,")]
    [InlineData("99999")]
    public void Anything_else_is_refused(string list)
    {
        Assert.Null(NumberList.Mask(list));
    }
}
