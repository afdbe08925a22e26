using System.Security.Cryptography;
using System.Text;

namespace Resolver.Execution.Wheels;

/// <summary>Wheels that were built, by <see cref="WheelKey"/>: <c>FOLDER/KEY/NAME.whl</c> and beside it
/// <c>sha256</c>. Whole or absent: an entry is made elsewhere and then renamed. Safe for several processes.</summary>
/// <param name="folder">Absolute; need not exist.</param>
internal sealed class WheelStore(string folder)
{
    private const string HashFile = "sha256";

    /// <summary>The wheel of a key, or null; one whose content is not what was stored counts as absent.</summary>
    public (string Path, string Hash)? Find(string key)
    {
        try
        {
            var entry = Path.Combine(folder, key);
            if (!Directory.Exists(entry))
                return null;
            var hash = File.ReadAllText(Path.Combine(entry, HashFile)).Trim();
            return Directory.GetFiles(entry, "*.whl") is [var wheel] && HashOf(wheel) == hash ? (wheel, hash) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Moves a wheel in.</summary>
    /// <returns>Where it is now; that of another process, where one was faster.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public (string Path, string Hash) Keep(string key, string wheel)
    {
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, $".{key}.{Guid.NewGuid():N}");
        var entry = Path.Combine(folder, key);
        try
        {
            var hash = Place(wheel, unfinished);
            File.WriteAllText(Path.Combine(unfinished, HashFile), hash + "\n", Encoding.ASCII);
            // Whatever is there is either another process's own, or corrupt.
            if (Find(key) is { } faster)
                return faster;
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            Directory.Move(unfinished, entry);
            return (Path.Combine(entry, Path.GetFileName(wheel)), hash);
        }
        catch (IOException) when (Find(key) is not null)
        {
            return Find(key)!.Value;
        }
        finally
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>Copies a wheel into a folder of its own, onto the disk.</summary>
    /// <returns>Its SHA-256.</returns>
    public static string Place(string wheel, string folder)
    {
        Directory.CreateDirectory(folder);
        using var source = File.OpenRead(wheel);
        using var copy = new FileStream(Path.Combine(folder, Path.GetFileName(wheel)), FileMode.Create);
        source.CopyTo(copy);
        copy.Flush(flushToDisk: true);
        source.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(source));
    }

    public static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
