import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Reads k0… of a properties file and of a HOCON file; one line each, as UTF-16 units in hexadecimal. */
class Read {
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Properties properties = new Properties();
    try (FileInputStream in = new FileInputStream(args[0])) {
      properties.load(in);
    }
    out.println(properties.size());
    for (int i = 0; i < properties.size(); i++) out.println(hex(properties.getProperty("k" + i)));
    Config config = ConfigFactory.parseFile(new File(args[1])).resolve();
    int size = config.root().size();
    out.println(size);
    for (int i = 0; i < size; i++) out.println(hex(config.getString("k" + i)));
    out.flush();
  }

  static String hex(String value) {
    StringBuilder text = new StringBuilder();
    for (char unit : value.toCharArray())
      for (int shift = 12; shift >= 0; shift -= 4) text.append(Character.forDigit((unit >> shift) & 15, 16));
    return text.toString();
  }
}
