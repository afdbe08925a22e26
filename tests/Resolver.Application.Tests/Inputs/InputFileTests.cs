using Resolver.Application.Inputs;
using Resolver.Archives.Tests;
using Xunit;

namespace Resolver.Application.Tests.Inputs;

/// <summary>A file that somebody named is read whole, or the reason names it.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Byte_order_mark_is_no_part_of_the_text()
    {
        var file = scratch.Write("a.txt", "\uFEFFtext");

        Assert.Equal("text", InputFile.ReadText(file));
    }

    [Fact]
    public void Missing_file_is_named_as_it_was_given()
    {
        var thrown = Assert.Throws<InputException>(() => InputFile.ReadBytes("no/such/file"));

        Assert.Equal("no/such/file: no such file", thrown.Message);
        Assert.False(thrown.IsUsage);
    }

    [Fact]
    public void Directory_is_no_file()
    {
        var thrown = Assert.Throws<InputException>(() => InputFile.ReadBytes(scratch.Folder));

        Assert.Equal($"{scratch.Folder}: is a directory, not a file", thrown.Message);
    }
}
