using Resolver.Archives.Files;
using Xunit;

namespace Resolver.Archives.Tests.Files;

/// <summary>Faults as the system itself makes them.</summary>
public sealed class FileFaultTests
{
    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Says("/no-such-folder/file: no such directory", () => File.ReadAllBytes("/no-such-folder/file"));

    [Fact]
    public void A_full_device_is_named_once()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        Says("/dev/full: no space is left on the device", () => File.WriteAllText("/dev/full", "text"));
    }

    [Fact]
    public void A_name_that_is_too_long_is_a_reason_of_its_own() =>
        Assert.Contains(
            "too long",
            FileFault.WithFile(
                Record.Exception(() => File.WriteAllText($"/tmp/{new string('x', 300)}", "text"))
                    ?? throw new InvalidOperationException()
            ),
            StringComparison.OrdinalIgnoreCase
        );

    [Fact]
    public void Own_words_stay_as_they_are()
    {
        const string Own = "'a' and 'b' are one file";
        Assert.Equal(Own, FileFault.WithFile(new IOException(Own)));
        Assert.Equal("it is a pipe, not a file", FileFault.WithFile(new IOException("it is a pipe, not a file")));
        Assert.Equal("no/such: no such file", FileFault.WithFile(new FileNotFoundException("no/such: no such file")));
    }

    private static void Says(string expected, Action act)
    {
        var fault = Record.Exception(act);
        Assert.NotNull(fault);
        Assert.Equal(expected, FileFault.WithFile(fault));
    }
}
