using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Resolver.Cli.Tests;

/// <summary><c>tests/independent-search/explanations.py</c> on 300 random archives without a plan, in two halves that
/// run side by side; with <c>RESOLVER_LONG=1</c> on 5,000. The script asks over pipes, so that no question needs a
/// process of its own.</summary>
public abstract class ExplanationsOfArchivesTests(int half)
{
    [Fact]
    public async Task Conflicts_fixes_and_lists_of_what_is_missing_hold_on_random_archives()
    {
        var archives = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1" ? 2_500 : 150;
        var first = int.Parse(Environment.GetEnvironmentVariable("RESOLVER_SEED") ?? "0", CultureInfo.InvariantCulture);
        await ExplanationsOfArchives.HoldAsync(archives, first + (1_000_000 * half));
    }
}

/// <summary>The one half.</summary>
public sealed class ExplanationsOfSomeArchivesTests() : ExplanationsOfArchivesTests(0);

/// <summary>The other half.</summary>
public sealed class ExplanationsOfFurtherArchivesTests() : ExplanationsOfArchivesTests(1);

/// <summary>Archives of longer runs that found something.</summary>
public sealed class ExplanationsOnceWrongTests
{
    [Theory]
    [InlineData(2_309)]
    [InlineData(1_001_172)]
    [InlineData(1_001_900)]
    public Task Conflicts_fixes_and_lists_of_what_is_missing_hold(int seed) =>
        ExplanationsOfArchives.HoldAsync(1, seed);
}

internal static class ExplanationsOfArchives
{
    /// <summary>Runs the script, and the program in this process for it.</summary>
    /// <param name="archives">How many archives without a plan.</param>
    /// <param name="seed">Of the first.</param>
    public static async Task HoldAsync(int archives, int seed)
    {
        PythonOnPath.NeedPip();
        using var process = Process.Start(
            PythonOnPath.Script("explanations.py", "--pipe", "--archives", $"{archives}", "--seed", $"{seed}")
        )!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } question)
        {
            var arguments = JsonDocument.Parse(question).RootElement.EnumerateArray().Select(each => each.GetString()!);
            var run = Invocation.Of([.. arguments]);
            await process.StandardInput.WriteLineAsync(
                new JsonObject
                {
                    ["code"] = run.ExitCode,
                    ["output"] = run.Output,
                    ["error"] = run.Error,
                }.ToJsonString()
            );
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var told = await error;

        Assert.True(process.ExitCode == 0, told);
        Assert.Contains($"{archives} no plan", told, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(told);
    }
}
