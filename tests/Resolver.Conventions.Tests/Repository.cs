namespace Resolver.Conventions.Tests;

/// <summary>The tree the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Resolver.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file below a folder of the tree with this ending, less what building leaves there.</summary>
    public static IEnumerable<string> Files(string folder, string ending) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory
                .EnumerateFiles(Path.Combine(Root, folder), "*" + ending, SearchOption.AllDirectories)
                .Where(IsSource)
            : [];

    /// <summary>Every folder below a folder of the tree, less what building leaves there.</summary>
    public static IEnumerable<string> Folders(string folder) =>
        Directory
            .EnumerateDirectories(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(path => IsSource(path + "/"));

    private static bool IsSource(string path) =>
        !Path.GetRelativePath(Root, path + "/").Replace('\\', '/').Split('/').Any(part => part is "bin" or "obj");

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
