using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Resolver.Testing;

/// <summary>A wheel that pip installs, from a few words: its RECORD holds unless it is told to lie.</summary>
public sealed class ToyWheel(string name, string version)
{
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> lines = new(StringComparer.Ordinal);
    private readonly List<string> requires = [];

    /// <summary>The tag of the file's name.</summary>
    public string Tag { get; init; } = "py3-none-any";

    private string Information => $"{name}-{version}.dist-info";

    /// <summary>With a file, by its path in the wheel; <c>*.data/</c> at its beginning stands for the data folder, and
    /// <c>*.dist-info/</c> for the other.</summary>
    public ToyWheel With(string path, string content)
    {
        files[Full(path)] = content;
        return this;
    }

    /// <summary>With a requirement.</summary>
    public ToyWheel Requires(string requirement)
    {
        requires.Add(requirement);
        return this;
    }

    /// <summary>With this line of RECORD for a path, whether the file is there or not; null for none.</summary>
    public ToyWheel Recorded(string path, string? line)
    {
        lines[Full(path)] = line;
        return this;
    }

    /// <summary>Writes it into a folder and gives its path.</summary>
    public string In(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{name}-{version}-{Tag}.whl");
        With(
            $"{Information}/METADATA",
            $"Metadata-Version: 2.1\nName: {name}\nVersion: "
                + $"{version}\n{string.Concat(requires.Select(each => $"Requires-Dist: {each}\n"))}\n"
        );
        With($"{Information}/WHEEL", $"Wheel-Version: 1.0\nGenerator: toy\nRoot-Is-Purelib: true\nTag: {Tag}\n\n");
        using var file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (entry, content) in files)
            Write(zip, entry, content);
        var record = files
            .Select(each => lines.GetValueOrDefault(each.Key, Line(each.Key, each.Value)))
            .Concat(lines.Where(each => !files.ContainsKey(each.Key)).Select(each => each.Value))
            .Append($"{Information}/RECORD,,");
        Write(zip, $"{Information}/RECORD", string.Concat(record.OfType<string>().Select(line => line + "\n")));
        return path;
    }

    private string Full(string path) =>
        path.StartsWith("*.", StringComparison.Ordinal) ? $"{name}-{version}{path[1..]}" : path;

    private static string Line(string path, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var hash = Convert.ToBase64String(SHA256.HashData(bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{path},sha256={hash},{bytes.Length}";
    }

    private static void Write(ZipArchive zip, string path, string content)
    {
        var entry = zip.CreateEntry(path);
        // The same words make the same file, whenever.
        entry.LastWriteTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
