using Resolver.Execution.Runs;

namespace Resolver.Execution.Steps;

/// <summary>A wheel that a run gives to its caller.</summary>
internal static class HandedOutWheel
{
    /// <summary>Copies it: under its name there is a whole wheel at any time, or none.</summary>
    /// <param name="wheel">Under the name that it is to have.</param>
    /// <param name="folder">Made where it does not exist.</param>
    /// <returns>Where it is now.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static string Write(string wheel, string folder)
    {
        var unfinished = Path.Combine(folder, $".unfinished-{Guid.NewGuid():N}");
        try
        {
            var name = Path.GetFileName(wheel);
            Directory.CreateDirectory(unfinished);
            File.Copy(wheel, Path.Combine(unfinished, name));
            var place = Path.Combine(folder, name);
            File.Move(Path.Combine(unfinished, name), place, overwrite: true);
            return place;
        }
        finally
        {
            RunDirectory.DeleteFolder(unfinished);
        }
    }
}
