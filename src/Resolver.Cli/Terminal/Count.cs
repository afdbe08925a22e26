namespace Resolver.Cli.Terminal;

/// <summary>Numbers with their noun.</summary>
internal static class Count
{
    /// <summary><c>1 step</c>, <c>2 steps</c>.</summary>
    public static string Of(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
