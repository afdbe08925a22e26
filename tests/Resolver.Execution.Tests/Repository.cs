namespace Resolver.Execution.Tests;

/// <summary>Where this repository's own files are: the folder above the tests that holds Resolver.sln.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Quickstart { get; } = Path.Combine(Root, "corpora", "quickstart");

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Resolver.sln")))
                return folder;
        }
        throw new InvalidOperationException("the tests must lie below the folder of Resolver.sln");
    }
}
