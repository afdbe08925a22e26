using System.IO.Compression;
using System.Text;

namespace Resolver.Cli.Tests;

/// <summary>Wheels with nothing in them but what every wheel must have.</summary>
internal static class ToyWheels
{
    /// <summary>Writes a wheel into the archive.</summary>
    /// <param name="tag">Such as <c>py3-none-any</c>.</param>
    /// <param name="requires">What it needs to run.</param>
    public static void Wheel(
        this TemporaryFolder folder,
        string name,
        string version,
        string tag,
        params string[] requires
    )
    {
        Directory.CreateDirectory(folder["archive"]);
        using var file = File.Create(folder[$"archive/{name}-{version}-{tag}.whl"]);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        var information = $"{name}-{version}.dist-info";
        Write(
            $"{information}/METADATA",
            $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{string.Concat(requires.Select(each => $"Requires-Dist: {each}\n"))}\n"
        );
        Write($"{information}/WHEEL", $"Wheel-Version: 1.0\nGenerator: toy\nRoot-Is-Purelib: true\nTag: {tag}\n\n");
        Write($"{information}/RECORD", $"{information}/METADATA,,\n{information}/WHEEL,,\n{information}/RECORD,,\n");

        void Write(string path, string text)
        {
            using var entry = zip.CreateEntry(path).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
