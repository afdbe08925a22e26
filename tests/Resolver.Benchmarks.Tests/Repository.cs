namespace Resolver.Benchmarks.Tests;

/// <summary>The tree the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Resolver.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Resolver.sln")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("these tests run from inside the repository");
        return folder;
    }
}
