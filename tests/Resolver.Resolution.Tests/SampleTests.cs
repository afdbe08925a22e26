using System.Diagnostics;
using Xunit;

namespace Resolver.Resolution.Tests;

/// <summary>The sample for those who use the libraries (<c>docs/samples/OwnUniverse</c>) is built with these tests,
/// and does what it is shown to do.</summary>
public sealed class SampleTests
{
    [Fact]
    public void A_universe_of_ones_own_is_solved_in_twenty_lines()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "OwnUniverse.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [sample]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal("1. leek 1\n2. salt 2\n3. soup 2\n4. stock 2\n", output.ReplaceLineEndings("\n"));
        Assert.Equal(0, process.ExitCode);
    }
}
