namespace Resolver.Benchmarks;

/// <summary>A wrong answer is not worth measuring.</summary>
internal static class Wrong
{
    public static void Unless(bool right, string what)
    {
        if (!right)
            throw new InvalidOperationException($"not measured, because wrong: {what}");
    }
}
