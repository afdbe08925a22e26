using System.Text;

namespace Resolver.Archives.Containers;

/// <summary>One block of 512 bytes in front of a tar entry (POSIX.1-1988 ustar, with what GNU tar and star
/// add).</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int BlockLength = 512;

    private readonly ReadOnlySpan<byte> block = block;

    /// <summary>Whether the block is a header: its checksum agrees, counted over unsigned or (old Suns) signed
    /// bytes.</summary>
    public bool IsValid
    {
        get
        {
            if (!TryNumber(block.Slice(148, 8), out var expected))
                return false;
            long unsigned = 0,
                signed = 0;
            for (var i = 0; i < BlockLength; i++)
            {
                var value = i is >= 148 and < 156 ? (byte)' ' : block[i];
                unsigned += value;
                signed += (sbyte)value;
            }
            return expected == unsigned || expected == signed;
        }
    }

    /// <summary>Permission bits; 0 where the field is no number.</summary>
    public int Mode => TryNumber(block.Slice(100, 8), out var mode) ? (int)(mode & 0xFFF) : 0;

    /// <summary>Seconds since 1970 when the content last changed, or -1 where the field is no number.</summary>
    public long Modified => TryNumber(block.Slice(136, 12), out var seconds) ? seconds : -1;

    public bool IsZero => block.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Type flag: <c>0</c> and NUL are files, <c>1</c> hard and <c>2</c> symbolic links, <c>5</c> a
    /// directory, <c>x</c> and <c>g</c> pax, <c>L</c> and <c>K</c> GNU's long names.</summary>
    public char Type => (char)block[156];

    /// <summary>Bytes of content, or -1 where the field is no number.</summary>
    public long Size => TryNumber(block.Slice(124, 12), out var size) ? size : -1;

    /// <summary>Whether more blocks of a table of holes follow (GNU's sparse entries of old).</summary>
    public bool IsExtended => Type == 'S' && block[482] != 0;

    /// <summary>Whether the name is UTF-8.</summary>
    public bool HasPlainName =>
        System.Text.Unicode.Utf8.IsValid(UpToNull(block[..100]))
        && System.Text.Unicode.Utf8.IsValid(UpToNull(block.Slice(345, 155)));

    /// <summary>Name, with ustar's prefix.</summary>
    public string Name
    {
        get
        {
            var name = Text(block[..100]);
            // GNU's own magic is 'ustar  ' and puts times where ustar has the prefix.
            var isPosix = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
            var prefix = isPosix ? Text(block.Slice(345, 155)) : "";
            return prefix.Length == 0 ? name : $"{prefix}/{name}";
        }
    }

    public string LinkName => Text(block.Slice(157, 100));

    /// <summary>Whether the bytes can be the beginning of a tar: a valid header, or nothing but zeros (an empty
    /// tar).</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        head.Length >= BlockLength
        && new TarHeader(head[..BlockLength]) is var header
        && (header.IsZero || header.IsValid);

    /// <summary>Text up to the first NUL: UTF-8, or where it is none Latin-1, so that every name has one
    /// spelling.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        field = UpToNull(field);
        return System.Text.Unicode.Utf8.IsValid(field)
            ? Encoding.UTF8.GetString(field)
            : Encoding.Latin1.GetString(field);
    }

    /// <summary>The bytes before the first NUL.</summary>
    public static ReadOnlySpan<byte> UpToNull(ReadOnlySpan<byte> field) =>
        field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field;

    /// <summary>Octal digits with spaces or NULs around them, or base 256 where the first bit is set (GNU,
    /// star).</summary>
    private static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        if ((field[0] & 0x80) != 0)
        {
            if ((field[0] & 0x40) != 0)
                return false; // negative
            number = field[0] & 0x3F;
            foreach (var b in field[1..])
            {
                if (number > long.MaxValue >> 8)
                    return false;
                number = (number << 8) | b;
            }
            return true;
        }
        field = field.Trim(" \0"u8);
        foreach (var b in field)
        {
            if (b is < (byte)'0' or > (byte)'7' || number > long.MaxValue >> 3)
                return false;
            number = (number << 3) | (uint)(b - '0');
        }
        return true;
    }
}
