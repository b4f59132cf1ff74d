import uni from "@dcloudio/vite-plugin-uni";

export default {
  plugins: [(uni.default ?? uni)()],
  // For the development server, where the test runs it.
  server: { host: "127.0.0.1", port: Number(process.env.PORT), strictPort: true },
};
