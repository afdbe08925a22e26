using System.Text;
using Resolver.Archives.Files;

namespace Resolver.Application.Inputs;

/// <summary>Reads whole files that somebody named.</summary>
public static class InputFile
{
    /// <summary>The name that stands for standard input; a file of this name is written <c>./-</c>.</summary>
    public const string StandardInput = "-";

    /// <summary>All bytes of a regular file, of what a shell hands over as one, or of standard input.</summary>
    /// <param name="file">As it was given; messages name it so. See <see cref="StandardInput"/>.</param>
    /// <param name="mostBytes">No more is ever read; null: as much as any input may have.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static byte[] ReadBytes(string file, int? mostBytes = null)
    {
        try
        {
            var most = mostBytes ?? DiskFile.MostInputBytes;
            return file == StandardInput ? DiskFile.ReadStandardInput(most) : DiskFile.ReadAllBytes(file, most);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputException.Unreadable(file, exception);
        }
    }

    /// <summary>The text of a file in UTF-8; a byte order mark is left out.</summary>
    /// <param name="file">As it was given; messages name it so.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static string ReadText(string file)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(file)), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
