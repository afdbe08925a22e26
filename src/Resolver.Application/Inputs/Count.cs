namespace Resolver.Application.Inputs;

/// <summary>Numbers with their noun.</summary>
public static class Count
{
    /// <summary><c>1 step</c>, <c>2 steps</c>.</summary>
    public static string Of(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
