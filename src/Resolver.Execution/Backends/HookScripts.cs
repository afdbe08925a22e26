namespace Resolver.Execution.Backends;

/// <summary>The Python scripts that come with this assembly.</summary>
internal static class HookScripts
{
    /// <summary>Writes one into a folder.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        using var stream = typeof(HookScripts).Assembly.GetManifestResourceStream(
            $"Resolver.Execution.Backends.{name}"
        )!;
        using var file = File.Create(path);
        stream.CopyTo(file);
        return path;
    }
}
