namespace Resolver.Cli.Tests;

/// <summary>The tree the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Resolver.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The quickstart corpus, or a folder of it; absolute, with <c>/</c>.</summary>
    public static string Quickstart(string folder) =>
        Path.Combine(Root, "corpora", "quickstart", folder).Replace('\\', '/');

    /// <summary>The text as if the program had run in the root: paths relative to it.</summary>
    public static string FromRoot(string text) =>
        text.Replace(Root.Replace('\\', '/') + "/", "", StringComparison.Ordinal);

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
