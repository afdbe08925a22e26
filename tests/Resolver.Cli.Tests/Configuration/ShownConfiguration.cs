using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Configuration;

/// <summary>Reads the table that <c>resolver config</c> prints.</summary>
internal static class ShownConfiguration
{
    /// <summary>The value of a key.</summary>
    public static string Of(this Invocation shown, string key) => shown.Row(key)[1];

    /// <summary>Where it comes from.</summary>
    public static string From(this Invocation shown, string key) => shown.Row(key)[2];

    private static string[] Row(this Invocation shown, string key)
    {
        Assert.True(shown.ExitCode == ExitCode.Done, shown.Error);
        return shown
            .Output.Split('\n')
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Single(cells => cells.Length == 3 && cells[0] == key);
    }
}
