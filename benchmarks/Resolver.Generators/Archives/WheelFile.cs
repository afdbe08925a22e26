using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Resolver.Generators.Archives;

/// <summary>Writes a pure wheel: one module, METADATA, WHEEL and RECORD.</summary>
internal static class WheelFile
{
    // The earliest moment a zip can tell.
    private static readonly DateTimeOffset Moment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, GeneratedDistribution distribution)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        var information = $"{distribution.Module}-{distribution.Release.Version}.dist-info/";
        var record = new StringBuilder();
        Add(distribution.Module + ".py", distribution.Source());
        Add(information + "METADATA", distribution.Metadata());
        Add(
            information + "WHEEL",
            "Wheel-Version: 1.0\nGenerator: generated\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        );
        record.Append(information).Append("RECORD,,\n");
        Store(zip, information + "RECORD", Encoding.UTF8.GetBytes(record.ToString()));

        void Add(string name, string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            record.Append(
                CultureInfo.InvariantCulture,
                $"{name},sha256={Base64Url.EncodeToString(SHA256.HashData(bytes))},{bytes.Length}\n"
            );
            Store(zip, name, bytes);
        }
    }

    private static void Store(ZipArchive zip, string name, byte[] bytes)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Moment;
        using var content = entry.Open();
        content.Write(bytes);
    }
}
